<?php
/**
 * Plugin Name:       Postil
 * Description:       Shows the definitions of a glossary in your posts.
 * Version:           1.1.0
 * Requires at least: 6.3
 * Requires PHP:      7.4
 * License:           Apache-2.0
 * License URI:       https://www.apache.org/licenses/LICENSE-2.0
 * Text Domain:       postil
 *
 * @package Postil
 */

defined( 'ABSPATH' ) || exit;

if ( is_admin() ) {
	require_once __DIR__ . '/settings.php';
}

/**
 * What the tag says: the host of the glossary, and options by the names that
 * their data- attributes have. They come from the settings page, the host
 * rather from the constant POSTIL_HOST where wp-config.php defines it. A theme
 * or another plugin changes them, or adds any other option of the tag:
 *
 *     add_filter( 'postil_options', function ( $options ) {
 *         $options['kinds'] = 'concept,authority';
 *         return $options;
 *     } );
 *
 * @return array<string, string> Options; an empty host leaves the tag out.
 */
function postil_options() {
	$options = array_merge( array( 'root' => '.entry-content' ), (array) get_option( 'postil', array() ) );
	if ( defined( 'POSTIL_HOST' ) ) {
		$options['host'] = POSTIL_HOST;
	}
	return (array) apply_filters( 'postil_options', $options );
}

/**
 * Adds the script to posts and pages, where there is text to read.
 */
function postil_enqueue() {
	$options = postil_options();
	if ( empty( $options['host'] ) || ! is_singular() ) {
		return;
	}
	// The address is a rolling one: it takes no version.
	wp_enqueue_script(
		'postil',
		untrailingslashit( $options['host'] ) . '/embed.js',
		array(),
		null, // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
		array( 'strategy' => 'async' )
	);
}
add_action( 'wp_enqueue_scripts', 'postil_enqueue' );

/**
 * Puts the options into the tag as data- attributes.
 *
 * @param string $tag    The tag's HTML.
 * @param string $handle The script's name.
 * @return string
 */
function postil_tag( $tag, $handle ) {
	if ( 'postil' !== $handle ) {
		return $tag;
	}
	$html = new WP_HTML_Tag_Processor( $tag );
	if ( ! $html->next_tag( 'script' ) ) {
		return $tag;
	}
	foreach ( postil_options() as $name => $value ) {
		if ( 'host' !== $name && preg_match( '/^[a-z-]+$/', $name ) && '' !== (string) $value ) {
			$html->set_attribute( 'data-' . $name, (string) $value );
		}
	}
	return $html->get_updated_html();
}
add_filter( 'script_loader_tag', 'postil_tag', 10, 2 );
